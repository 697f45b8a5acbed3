import fields from './fields'
import macros from './macros'
import settings from './settings'
import tags from './tags'

const later = { fields, macros, settings, tags }

/** The texts that come with the settings. */
export type LaterMessages = typeof later
export default later
