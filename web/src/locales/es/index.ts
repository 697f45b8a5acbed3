import type { Messages } from '../en'
import account from './account'
import arranging from './arranging'
import macros from './macros'
import problems from './problems'
import queue from './queue'
import settings from './settings'
import shell from './shell'
import ticket from './ticket'

const es: Messages = { ...shell, account, arranging, macros, problems, queue, settings, ticket }

export default es
