// The colours of both schemes, with WCAG 2.2 AA contrast, and no font that would have to be fetched.
import {defaultDarkTheme, defaultLightTheme, type RaThemeOptions} from 'react-admin';

const shared = {
  shape: {borderRadius: 8},
  typography: {
    fontFamily: "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
    h1: {fontSize: '1.6rem', fontWeight: 700},
    h2: {fontSize: '1.15rem', fontWeight: 700},
    button: {textTransform: 'none'},
  },
} satisfies RaThemeOptions;
const focusRing = (color: string) =>
  ({
    MuiCssBaseline: {
      styleOverrides: {
        body: {overflowWrap: 'anywhere'},
        ':focus-visible': {outline: `3px solid ${color}`, outlineOffset: '2px'},
        '@media (prefers-reduced-motion: reduce)': {
          '*, ::before, ::after': {animationDuration: '0.01ms !important', transitionDuration: '0.01ms !important'},
        },
      },
    },
    MuiButtonBase: {defaultProps: {disableRipple: true}},
    MuiButton: {
      styleOverrides: {
        root: {
          whiteSpace: 'nowrap',
          // A button that can be reached and not pressed, since who has just pressed it is still there.
          '&[aria-disabled=true]': {cursor: 'default', opacity: 0.5},
        },
      },
    },
    // Forced colours take shadows and backgrounds away.
    MuiPaper: {styleOverrides: {root: {'@media (forced-colors: active)': {border: '1px solid'}}}},
    // On a phone the button goes below the text, rather than into a column of single letters.
    MuiAlert: {styleOverrides: {root: {flexWrap: 'wrap'}, message: {flex: '1 1 12rem'}, action: {marginRight: 0}}},
    // Above the bar of a change of many, on a narrow screen.
    MuiSnackbar: {styleOverrides: {root: {marginBottom: 'var(--bottom-bar, 0px)'}}},
    MuiTextField: {defaultProps: {size: 'small', variant: 'outlined', margin: 'none'}},
    MuiLink: {styleOverrides: {root: {textUnderlineOffset: '0.15em'}}},
  }) satisfies RaThemeOptions['components'];

export const lightTheme: RaThemeOptions = {
  ...shared,
  palette: {
    mode: 'light',
    primary: {main: '#0b5cad', contrastText: '#ffffff'},
    secondary: {main: '#0b5cad', contrastText: '#ffffff'},
    error: {main: '#a8201a'},
    warning: {main: '#8a5200'},
    success: {main: '#14633a'},
    info: {main: '#0b5cad'},
    background: {default: '#f4f6f9', paper: '#ffffff'},
    text: {primary: '#1b2430', secondary: '#525d6c'},
    divider: '#dbe0e7',
  },
  components: {...defaultLightTheme.components, ...focusRing('#0b5cad')},
};

export const darkTheme: RaThemeOptions = {
  ...shared,
  palette: {
    mode: 'dark',
    primary: {main: '#82bbff', contrastText: '#06182c'},
    secondary: {main: '#82bbff', contrastText: '#06182c'},
    error: {main: '#ffa59d'},
    warning: {main: '#f3c26b'},
    success: {main: '#83d8a8'},
    info: {main: '#82bbff'},
    background: {default: '#11161d', paper: '#1a212b'},
    text: {primary: '#e7ebf1', secondary: '#a9b3c1'},
    divider: '#2f3947',
  },
  components: {...defaultDarkTheme.components, ...focusRing('#82bbff')},
};
