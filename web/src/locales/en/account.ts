export default {
  email: 'E-mail address',
  password: 'Password',
  newPassword: 'New password',
  name: 'Your name',
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
  passwordHelp: 'At least {least} characters. A few words together are easy to remember and hard to guess.',
  passwordCommon: 'This password is too common or too easy to guess. Choose another.',
  passwordShort: 'Use at least {least} characters',
  signIn: {
    title: 'Sign in',
    lead: 'To answer the requests of your desk.',
    send: 'Sign in',
    forgotten: 'Forgot your password? An administrator of your desk can give you a link to set a new one.',
  },
  setup: {
    title: 'Set up your desk',
    lead: 'You are the first. Make the account of the administrator; everybody else is invited from inside.',
    send: 'Start',
  },
  welcome: {
    title: 'Welcome, {name}',
    lead: 'You are invited to the desk as {email}. Choose a password and you are in.',
    send: 'Join',
  },
  reset: { title: 'Choose a new password', lead: 'For {email}. Sessions elsewhere end.', send: 'Set it and sign in' },
  link: {
    gone: 'This link no longer works',
    goneLead: 'It may have been used already, or be too old. Ask an administrator of your desk for a new one.',
    goneSetup:
      'It has expired or was used already. If this desk has its administrator, sign in; if it has none yet, start it again to have a new link printed.',
    checking: 'Checking your link',
    toSignIn: 'Go to sign in',
  },
}
