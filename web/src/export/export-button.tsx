// Opens the export, which is loaded when it is first needed.
import DownloadIcon from '@mui/icons-material/Download';
import {Button} from '@mui/material';
import {useTranslate} from 'react-admin';
import {LazyDialog} from '../layout/error-dialog';
import {lazyPart} from '../layout/lazy-part';

const ExportDialog = lazyPart(() => import('./export-dialog'));

export interface ExportButtonProps {
  path: string;
  /** The file's name, without date and extension. */
  name: string;
  filter: Record<string, unknown>;
  order: string;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

export function ExportButton({isOpen, onOpen, ...options}: ExportButtonProps) {
  const translate = useTranslate();
  return (
    <>
      <Button startIcon={<DownloadIcon />} onClick={() => onOpen(true)}>
        {translate('outreach.export.start')}
      </Button>
      <LazyDialog onClose={() => onOpen(false)}>
        {isOpen && <ExportDialog {...options} onClose={() => onOpen(false)} />}
      </LazyDialog>
    </>
  );
}
