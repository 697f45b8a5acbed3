export default {
  title: 'Ajustes',
  you: 'Tú',
  desk: 'Mesa',
  profile: { title: 'Perfil' },
  people: { title: 'Personas' },
  keys: { title: 'Claves de API' },
  views: { title: 'Vistas' },
  macros: { title: 'Macros' },
  tags: { title: 'Etiquetas' },
  fields: { title: 'Campos' },
}
