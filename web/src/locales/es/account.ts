export default {
  email: 'Correo electrónico',
  password: 'Contraseña',
  newPassword: 'Contraseña nueva',
  name: 'Tu nombre',
  showPassword: 'Mostrar la contraseña',
  hidePassword: 'Ocultar la contraseña',
  passwordHelp: 'Al menos {least} caracteres. Unas palabras juntas se recuerdan bien y cuestan de adivinar.',
  passwordCommon: 'Esta contraseña es demasiado común o fácil de adivinar. Elige otra.',
  passwordShort: 'Usa al menos {least} caracteres',
  signIn: {
    title: 'Entrar',
    lead: 'A la mesa donde se responden las solicitudes.',
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
    gone: 'Este enlace ya no vale',
    goneLead: 'Puede que ya se haya usado o que sea demasiado viejo. Pide otro a un administrador de tu mesa.',
    goneSetup:
      'Es demasiado viejo o ya se ha usado: entonces la mesa ya tiene administración y puedes entrar. Si aún no la tiene, arráncala otra vez para tener otro enlace.',
    checking: 'Mirando tu enlace',
    toSignIn: 'Ir a la entrada',
  },
}
