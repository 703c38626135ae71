import type { Ga4Names } from '../names.ts';

/** Names that GA4 has in Spanish. */
export const ES: Ga4Names = {
  name: 'Spanish',
  decimal: ',',
  total: 'Total general | Totales | Total',
  unset: '(no establecido) | (sin definir) | (ninguno)',
  date: 'Fecha',
  nthDay: 'N.º día | N.º de día | Enésimo día | Día N',
  otherTime:
    'Hora | N.ª hora | Enésima hora | Minuto | Fecha y hora (AAAAMMDDHH) | Día | Día de la semana | Semana | N.ª semana | Mes | N.º mes | Año | N.º año',
  source: 'Fuente de la sesión | Fuente de sesión | Fuente',
  medium: 'Medio de la sesión | Medio de sesión | Medio',
  sourceMedium: 'Fuente/medio de la sesión | Fuente/medio de sesión | Fuente/medio',
  campaign: 'Campaña de la sesión | Campaña de sesión | Campaña',
  term: 'Término manual de la sesión',
  content: 'Contenido de anuncio manual de la sesión',
  channel:
    'Grupo de canales principal de la sesión (Grupo de canales predeterminado) | Grupo de canales principal de la sesión | Grupo de canales predeterminado de la sesión | Grupo de canales predeterminado',
  page: 'Ruta de página y clase de pantalla | Ruta de la página y clase de pantalla | Ruta de página | Ruta de la página | Ruta de página y cadena de consulta',
  landingPage:
    'Página de destino | Página de destino y cadena de consulta | Página de destino + cadena de consulta',
  hostname: 'Nombre de host',
  eventName: 'Nombre del evento | Nombre de evento',
  country: 'País | ID de país',
  region: 'Región',
  city: 'Ciudad',
  language: 'Idioma | Código de idioma',
  browser: 'Navegador',
  system: 'Sistema operativo',
  device: 'Categoría de dispositivo',
  totalUsers: 'Total de usuarios | Usuarios totales | Usuarios',
  activeUsers: 'Usuarios activos',
  sessions: 'Sesiones',
  engagedSessions: 'Sesiones con interacción',
  engagementRate: 'Porcentaje de interacciones | Tasa de interacción | Porcentaje de interacción',
  bounceRate: 'Porcentaje de rebote | Tasa de rebote',
  duration:
    'Duración media de la sesión | Duración media de las sesiones | Duración promedio de la sesión | Tiempo medio de sesión',
  views: 'Vistas | Visualizaciones | Vistas de página',
  events: 'Número de eventos | Recuento de eventos',
  leftOut:
    'Usuarios nuevos | Nuevos usuarios | Usuarios recurrentes | Interacción del usuario | Tiempo de interacción medio | Tiempo de interacción medio por sesión | Tiempo medio de interacción por sesión | Tiempo de interacción medio por usuario activo | Tiempo medio de interacción | Sesiones con interacción por usuario activo | Sesiones con interacción por usuario | Sesiones por usuario activo | Sesiones por usuario | Vistas por usuario activo | Vistas por usuario | Vistas por sesión | Eventos por sesión | Número de eventos por usuario activo | Número de eventos por usuario | Valor del evento | Eventos clave | Tasa de eventos clave de sesión | Tasa de eventos clave de la sesión | Tasa de eventos clave por usuario | Conversiones | Ingresos totales | Total de ingresos | Ingresos por compras | Ingresos derivados de las compras | Compras en comercio electrónico | Compras de comercio electrónico | Transacciones | Total de compradores | Artículos añadidos al carrito | Pagos | Entradas | Salidas',
};
