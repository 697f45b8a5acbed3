export default {
  link: {
    placeholder: 'Palabras o un número',
    begin: 'Escribe palabras del ticket o su número.',
    none: 'Ningún ticket coincide',
  },
  split: {
    open: 'Convertir este mensaje en otro ticket',
    title: 'Otro ticket',
    lead: 'Se abre un segundo ticket de {name} con este mensaje y sus archivos. El mensaje también se queda aquí y los dos tickets quedan enlazados.',
    message: 'El mensaje',
    subject: 'Asunto del ticket nuevo',
    send: 'Abrir el ticket',
    done: 'El mensaje es ahora {label}',
  },
}
