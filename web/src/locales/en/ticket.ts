export default { title: 'Ticket' }
