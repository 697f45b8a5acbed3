export default {
  title: 'Notifications',
  some: 'Notifications, {count} unread',
  lead: 'What concerns you, the newest first.',
  none: 'Nothing yet',
  noneLead: 'You are told when you are given a ticket, named in a note, answered, or when time runs out.',
  isUnread: 'Unread:',
  readOne: 'Mark {label} as read',
  readAll: 'Mark all as read',
  older: 'Show older ones',
  told: {
    assigned: '{actor} gave you a ticket',
    mentioned: '{actor} named you in a note',
    replied: '{actor} wrote in a ticket of yours',
    breaching: 'A ticket of yours is due within half an hour',
  },
}
