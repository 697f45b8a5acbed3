import type { LaterMessages } from '../en/later'
import fields from './fields'
import macros from './macros'
import settings from './settings'
import tags from './tags'

const later: LaterMessages = { fields, macros, settings, tags }

export default later
