import account from './account'
import arranging from './arranging'
import notifications from './notifications'
import problems from './problems'
import queue from './queue'
import shell from './shell'
import ticket from './ticket'
import tying from './tying'
import views from './views'

const en = {
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

/** The texts that are there at once. The English ones set the shape: a key missing elsewhere is a type error. */
export type FirstMessages = typeof en
export default en
