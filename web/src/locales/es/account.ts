export default {
  email: 'Correo electrónico',
  password: 'Contraseña',
  newPassword: 'Contraseña nueva',
  name: 'Tu nombre',
  showPassword: 'Mostrar la contraseña',
  hidePassword: 'Ocultar la contraseña',
  passwordHelp:
    'Al menos {least} caracteres. Varias palabras seguidas son fáciles de recordar y difíciles de adivinar.',
  passwordCommon: 'Esta contraseña es demasiado común o fácil de adivinar. Elige otra.',
  passwordShort: 'Usa al menos {least} caracteres',
  signIn: {
    title: 'Entrar',
    lead: 'Para responder a las solicitudes de tu mesa de ayuda.',
    send: 'Entrar',
    forgotten: '¿Has perdido la contraseña? Un administrador de tu mesa puede darte un enlace para poner otra.',
  },
  setup: {
    title: 'Prepara tu mesa',
    lead: 'Eres la primera persona. Crea la cuenta de administración; a las demás se las invita desde dentro.',
    send: 'Empezar',
  },
  welcome: {
    title: 'Hola, {name}',
    lead: 'Te han invitado a la mesa como {email}. Elige una contraseña y ya estás dentro.',
    send: 'Entrar en la mesa',
  },
  reset: {
    title: 'Elige una contraseña nueva',
    lead: 'Para {email}. Las sesiones abiertas en otros sitios terminan.',
    send: 'Guardarla y entrar',
  },
  link: {
    gone: 'Este enlace ya no es válido',
    goneLead: 'Puede que ya se haya usado o que haya caducado. Pide otro a un administrador de tu mesa.',
    goneSetup:
      'Ha caducado o ya se ha usado. Si la mesa ya tiene administrador, inicia sesión; si no, reiníciala para obtener otro enlace.',
    checking: 'Comprobando tu enlace',
    toSignIn: 'Iniciar sesión',
  },
}
