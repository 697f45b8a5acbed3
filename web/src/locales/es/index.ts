import type { FirstMessages } from '../en'
import account from './account'
import arranging from './arranging'
import notifications from './notifications'
import problems from './problems'
import queue from './queue'
import shell from './shell'
import ticket from './ticket'
import tying from './tying'
import views from './views'

const es: FirstMessages = {
  ...shell,
  account,
  arranging,
  notifications,
  problems,
  queue,
  ticket,
  tying,
  views,
}

export default es
