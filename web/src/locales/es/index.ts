import type { Messages } from '../en'
import account from './account'
import problems from './problems'
import queue from './queue'
import settings from './settings'
import shell from './shell'
import ticket from './ticket'

const es: Messages = { ...shell, account, problems, queue, settings, ticket }

export default es
