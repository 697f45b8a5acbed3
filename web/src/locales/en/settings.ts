export default {
  title: 'Settings',
  you: 'You',
  desk: 'Desk',
  profile: { title: 'Profile' },
  people: { title: 'People' },
  keys: { title: 'API keys' },
  views: { title: 'Views' },
  macros: { title: 'Macros' },
  tags: { title: 'Tags' },
  fields: { title: 'Fields' },
}
