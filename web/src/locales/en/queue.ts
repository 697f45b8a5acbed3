export default { title: 'Queue' }
