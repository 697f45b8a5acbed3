export default {
  title: 'Avisos',
  some: 'Avisos, {count} sin leer',
  lead: 'Lo que te concierne, lo último primero.',
  none: 'Nada por ahora',
  noneLead: 'Te avisamos cuando te asignan un ticket, te nombran en una nota, te responden o se acaba el plazo.',
  isUnread: 'Sin leer:',
  readOne: 'Marcar {label} como leído',
  readAll: 'Marcar todo como leído',
  older: 'Ver más antiguos',
  told: {
    assigned: '{actor} te ha asignado un ticket',
    mentioned: '{actor} te ha nombrado en una nota',
    replied: '{actor} ha escrito en un ticket tuyo',
    breaching: 'Un ticket tuyo vence en menos de media hora',
  },
}
