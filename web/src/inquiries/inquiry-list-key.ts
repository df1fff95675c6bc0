/** Where react-admin's store keeps the list's filters, order and page; its selection is under `.selectedIds` of it. */
export const INQUIRY_LIST = 'inquiries.list';
