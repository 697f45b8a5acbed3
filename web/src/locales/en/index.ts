import account from './account'
import arranging from './arranging'
import fields from './fields'
import macros from './macros'
import notifications from './notifications'
import problems from './problems'
import queue from './queue'
import settings from './settings'
import shell from './shell'
import tags from './tags'
import ticket from './ticket'
import tying from './tying'
import views from './views'

const en = {
  ...shell,
  account,
  arranging,
  fields,
  macros,
  notifications,
  problems,
  queue,
  settings,
  tags,
  ticket,
  tying,
  views,
}

/** Every text of the console. The English one sets the shape: a key missing elsewhere is a type error. */
export type Messages = typeof en
export default en
