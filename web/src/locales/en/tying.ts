export default {
  link: {
    placeholder: 'Words or a number',
    begin: 'Type words of the ticket, or its number.',
    none: 'No ticket matches',
  },
  split: {
    open: 'Make this message a ticket of its own',
    title: 'A ticket of its own',
    lead: '{name} gets a second ticket with this message and its files. The message also stays here, and the two tickets are linked.',
    message: 'The message',
    subject: 'Subject of the new ticket',
    send: 'Open the ticket',
    done: 'The message is now {label}',
  },
}
