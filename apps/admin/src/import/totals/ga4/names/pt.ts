import type { Ga4Names } from '../names.ts';

/** Names that GA4 has in Portuguese (Brazil). */
export const PT: Ga4Names = {
  name: 'Portuguese (Brazil)',
  decimal: ',',
  total: 'Total geral | Totais | Total',
  unset: '(não definido) | (não definida) | (nenhum)',
  date: 'Data',
  nthDay: 'Enésimo dia | N-ésimo dia | Dia N',
  otherTime:
    'Hora | Enésima hora | N-ésima hora | Minuto | Data e hora (AAAAMMDDHH) | Data + hora (AAAAMMDDHH) | Dia | Dia da semana | Semana | Enésima semana | Mês | Enésimo mês | Ano | Enésimo ano',
  source: 'Origem da sessão | Fonte da sessão | Origem',
  medium: 'Mídia da sessão | Meio da sessão | Mídia',
  sourceMedium: 'Origem/mídia da sessão | Fonte/mídia da sessão | Origem/mídia',
  campaign: 'Campanha da sessão | Campanha',
  term: 'Termo manual da sessão',
  content: 'Conteúdo do anúncio manual da sessão',
  channel:
    'Grupo principal de canais da sessão (grupo de canais padrão) | Grupo de canais principal da sessão (grupo de canais padrão) | Grupo principal de canais da sessão | Grupo de canais padrão da sessão | Grupo de canais padrão',
  page: 'Caminho da página e classe da tela | Caminho da página | Caminho da página + string de consulta',
  landingPage:
    'Página de destino | Página de destino + string de consulta | Página de destino e string de consulta',
  hostname: 'Nome do host',
  eventName: 'Nome do evento',
  country: 'País | ID do país',
  region: 'Região',
  city: 'Cidade',
  language: 'Idioma | Código do idioma',
  browser: 'Navegador',
  system: 'Sistema operacional',
  device: 'Categoria do dispositivo | Categoria de dispositivo',
  totalUsers: 'Total de usuários | Usuários totais | Usuários',
  activeUsers: 'Usuários ativos',
  sessions: 'Sessões',
  engagedSessions: 'Sessões engajadas',
  engagementRate: 'Taxa de engajamento',
  bounceRate: 'Taxa de rejeição',
  duration: 'Duração média da sessão | Duração média das sessões',
  views: 'Visualizações | Visualizações de página',
  events: 'Contagem de eventos',
  leftOut:
    'Novos usuários | Usuários recorrentes | Engajamento do usuário | Tempo médio de engajamento | Tempo médio de engajamento por sessão | Tempo médio de engajamento por usuário ativo | Sessões engajadas por usuário ativo | Sessões engajadas por usuário | Sessões por usuário ativo | Sessões por usuário | Visualizações por usuário ativo | Visualizações por usuário | Visualizações por sessão | Eventos por sessão | Contagem de eventos por usuário ativo | Contagem de eventos por usuário | Valor do evento | Eventos principais | Taxa de eventos principais da sessão | Taxa de eventos principais do usuário | Conversões | Receita total | Receita de compras | Receita da compra | Compras de e-commerce | Transações | Total de compradores | Adições ao carrinho | Finalizações de compra | Entradas | Saídas',
};
