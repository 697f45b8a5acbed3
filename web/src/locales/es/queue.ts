export default { title: 'Bandeja' }
