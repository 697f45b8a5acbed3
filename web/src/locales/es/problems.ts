export default {
  'invalid-input': { title: 'Hay algo que corregir', detail: 'Revisa lo que has escrito y envíalo otra vez.' },
  unauthenticated: { title: 'No has entrado', detail: 'Entra y prueba otra vez.' },
  forbidden: { title: 'No puedes hacer esto', detail: 'Tu rol no lo permite. Un administrador puede cambiarlo.' },
  'not-found': { title: 'No está', detail: 'Puede que ya no exista o que ya no esté a tu alcance.' },
  'method-not-allowed': { title: 'Eso no se puede hacer aquí', detail: 'Carga la página otra vez.' },
  conflict: { title: 'Eso ya no encaja', detail: 'Algo ha cambiado mientras tanto. Míralo y repítelo.' },
  'transition-refused': { title: 'El ticket no puede pasar ahí', detail: 'Su estado no permite este paso.' },
  stale: {
    title: 'Alguien ha sido más rápido',
    detail: 'Ha cambiado mientras tanto. Ves lo último; repítelo si aún encaja.',
  },
  'if-match-required': { title: 'Carga la página otra vez', detail: 'No se sabe qué versión has cambiado.' },
  'too-large': { title: 'Es demasiado grande', detail: 'Envía algo más pequeño.' },
  'unsupported-media-type': { title: 'Ese tipo de archivo no se admite', detail: 'Envíalo en otro formato.' },
  'rate-limited': { title: 'Demasiados intentos', detail: 'Espera {seconds} s y prueba otra vez.' },
  'key-reused': { title: 'Eso ya se envió', detail: 'Carga la página otra vez para ver qué fue de ello.' },
  unavailable: { title: 'La mesa no responde', detail: 'Lo que has escrito sigue aquí. Prueba en un momento.' },
  internal: {
    title: 'Eso ha fallado',
    detail: 'Es un fallo de la mesa. Lo que has escrito sigue aquí; prueba otra vez.',
  },
  offline: { title: 'Sin conexión', detail: 'Lo que has escrito sigue aquí. Prueba cuando vuelva la red.' },
}
