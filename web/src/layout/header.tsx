// The header: where to go, what is unread, how live the view is, settings, help and signing out.
import HelpIcon from '@mui/icons-material/HelpOutlined';
import SignOutIcon from '@mui/icons-material/Logout';
import SettingsIcon from '@mui/icons-material/Settings';
import {Box, IconButton, Link, Tooltip} from '@mui/material';
import type {ReactNode} from 'react';
import {useGetIdentity, useLogout, useStoreContext, useTranslate} from 'react-admin';
import {Link as RouterLink, useLocation} from 'react-router-dom';
import {forgetDrafts} from '../drafts/use-draft';
import {ConnectionIndicator} from '../live/connection-indicator';
import {useUnread} from '../live/unread';
import {useApplication} from './application-context';

const MOST_SHOWN = 99;
const PAGES = [
  {page: 'inquiries', scope: 'inquiries:read'},
  {page: 'subscriptions', scope: 'subscriptions:read'},
  {page: 'statistics', scope: 'inquiries:read'},
] as const;

export function Header({onSettings, onHelp}: {onSettings: () => void; onHelp: () => void}) {
  const translate = useTranslate();
  const {canSignOut} = useApplication();
  const {data: identity} = useGetIdentity();
  const logout = useLogout();
  const store = useStoreContext();
  const signOut = () => {
    if (forgetDrafts(store, translate('outreach.account.forgetDrafts'))) void logout({}, '/signed-out');
  };
  return (
    <Box component="header" sx={{bgcolor: 'background.paper', borderBottom: 1, borderColor: 'divider'}}>
      <Box sx={row}>
        <Link component={RouterLink} to="/" underline="none" sx={{fontWeight: 700, color: 'text.primary', py: 1}}>
          outreach
        </Link>
        <Box sx={{flexGrow: 1, order: {md: 2}}} />
        <Box sx={{order: {xs: 3, md: 3}, width: {xs: '100%', md: 'auto'}}}>
          <ConnectionIndicator />
        </Box>
        <Box sx={{order: {xs: 1, md: 4}, display: 'flex', alignItems: 'center'}}>
          {identity?.fullName !== undefined && (
            <Box sx={{display: {xs: 'none', sm: 'block'}, mr: 1, color: 'text.secondary'}}>{identity.fullName}</Box>
          )}
          <Action label={translate('outreach.settings.title')} icon={<SettingsIcon />} onClick={onSettings} />
          <Action label={translate('outreach.help.title')} icon={<HelpIcon />} onClick={onHelp} />
          {canSignOut && (
            <Action label={translate('outreach.account.signOut')} icon={<SignOutIcon />} onClick={signOut} />
          )}
        </Box>
        <Navigation />
      </Box>
    </Box>
  );
}

function Navigation() {
  const translate = useTranslate();
  const {pathname} = useLocation();
  const {may} = useApplication();
  const {ids} = useUnread();
  const unread = ids.length;
  const unreadText = translate('outreach.live.unread', {smart_count: unread});
  return (
    <Box
      component="nav"
      aria-label={translate('outreach.navigation')}
      sx={{order: {xs: 2, md: 1}, width: {xs: '100%', md: 'auto'}, display: 'flex', gap: {xs: 2, sm: 3}}}
    >
      {PAGES.filter(({scope}) => may(scope)).map(({page}) => {
        const isCurrent = pathname.startsWith(`/${page}`);
        return (
          <Link
            key={page}
            component={RouterLink}
            to={`/${page}`}
            aria-current={isCurrent ? 'page' : undefined}
            underline="none"
            sx={{pt: 1, pb: 1, ...(isCurrent && current)}}
          >
            {translate(`outreach.pages.${page}`)}
            {page === 'inquiries' && unread > 0 && (
              <Box component="span" id="unread" role="img" aria-label={unreadText} sx={badge}>
                {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
              </Box>
            )}
          </Link>
        );
      })}
    </Box>
  );
}

function Action({label, icon, onClick}: {label: string; icon: ReactNode; onClick: () => void}) {
  return (
    <Tooltip title={label} slotProps={{popper: {disablePortal: true}}}>
      <IconButton aria-label={label} onClick={onClick}>
        {icon}
      </IconButton>
    </Tooltip>
  );
}

const row = {
  maxWidth: 1280,
  mx: 'auto',
  px: {xs: 1.5, sm: 3},
  py: 0.5,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 3,
};
// A border, which stays in forced colours; a shadow does not.
const current = {color: 'text.primary', fontWeight: 600, pb: '5px', borderBottom: 3};
const badge = {
  forcedColorAdjust: 'none',
  ml: 0.75,
  px: 0.75,
  borderRadius: 4,
  bgcolor: 'error.main',
  color: 'error.contrastText',
  fontSize: '0.8rem',
  fontWeight: 700,
} as const;
