/** By kind of problem (api/problem.ts). `detail` is shown where the server's own sentence would not help. */
export default {
  'invalid-input': { title: 'Something has to be corrected', detail: 'Look through what you wrote and send it again.' },
  unauthenticated: { title: 'You are not signed in', detail: 'Sign in and try again.' },
  forbidden: { title: 'You may not do this', detail: 'Your role does not allow it. An administrator can change that.' },
  'not-found': { title: 'It is not there', detail: 'It may be gone, or no longer be within your sight.' },
  'method-not-allowed': { title: 'That cannot be done here', detail: 'Load the page again.' },
  conflict: { title: 'That does not fit any more', detail: 'Something changed meanwhile. Look again and repeat it.' },
  'transition-refused': { title: 'The ticket cannot go there', detail: 'Its state does not allow this step.' },
  stale: {
    title: 'Somebody was faster',
    detail: 'It changed meanwhile. The newest is shown; do it again if it still fits.',
  },
  'if-match-required': { title: 'Load the page again', detail: 'The desk could not tell which version you changed.' },
  'too-large': { title: 'That is too large', detail: 'Send something smaller.' },
  'unsupported-media-type': { title: 'That kind of file is not taken', detail: 'Send it in another format.' },
  'rate-limited': { title: 'Too many attempts', detail: 'Wait {seconds} s and try again.' },
  'key-reused': { title: 'That was sent already', detail: 'Load the page again to see what became of it.' },
  unavailable: { title: 'The desk is not answering', detail: 'What you typed is still here. Try again in a moment.' },
  internal: { title: 'That went wrong', detail: 'It is a fault of the desk. What you typed is still here; try again.' },
  offline: { title: 'No connection', detail: 'What you typed is still here. Try again when the network is back.' },
}
