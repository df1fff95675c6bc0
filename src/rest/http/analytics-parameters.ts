// Query parameters that analytics and advertising add to every URL of a site, a form's action among them. No visitor's
// submission is lost for them: they are taken away unread.

const EXACT = new Set([
  ...['gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'srsltid', '_gl', '_ga'], // Google
  ...['fbclid', 'igsh', 'igshid', 'msclkid', 'ttclid', 'twclid', 'yclid', 'ysclid', '_openstat'],
  ...['li_fat_id', 'epik', 'rdt_cid', 'sccid', 'qclid', '_branch_match_id', 's_kwcid', 'ef_id'],
  ...[
    'mc_cid',
    'mc_eid',
    '_hsenc',
    '_hsmi',
    '_kx',
    '_ke',
    'mkt_tok',
    'vero_id',
    'oly_anon_id',
    'oly_enc_id',
    'wickedid',
  ],
]);
const PREFIXES = ['utm_', 'gad_', 'hsa_', 'mtm_', 'matomo_', 'pk_', 'piwik_', 'at_', 'itm_', '__hs'];

/** The request target without them. */
export function withoutAnalytics(target: string): string {
  const start = target.indexOf('?');
  if (start === -1) return target;
  const kept = target
    .slice(start + 1)
    .split('&')
    .filter(pair => !isAnalytics(pair.split('=', 1)[0] ?? ''));
  return kept.length === 0 ? target.slice(0, start) : `${target.slice(0, start)}?${kept.join('&')}`;
}

function isAnalytics(name: string): boolean {
  const lower = name.toLowerCase();
  return EXACT.has(lower) || PREFIXES.some(prefix => lower.startsWith(prefix));
}
