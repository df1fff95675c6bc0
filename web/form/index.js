// The public page's entry point: puts in the configured topics and takes over both forms.
import {enhanceForm} from './form.js';

const inquiryForm = document.getElementById('inquiry-form');
const subscriptionForm = document.getElementById('subscription-form');
const consentText = document.getElementById('consent-text');

fillTopics(document.getElementById('inquiry-topic'), document.body.dataset.topics);

enhanceForm(inquiryForm, {
  status: document.getElementById('form-status'),
  idempotent: true,
  texts: {
    accepted: answer => `Thank you, your message has arrived.${answer ? ` Reference: ${answer.id}` : ''}`,
    unavailable: 'We cannot be reached at the moment. Nothing was lost: your text is still here. Please try again.',
    refused: 'Your message was not accepted.',
    broken: 'Your message was not sent, because this form has a mistake, which is not yours. Please tell the owner:',
  },
});

enhanceForm(subscriptionForm, {
  status: document.getElementById('subscription-status'),
  addFields: readConsent,
  texts: {
    accepted: () => 'Thank you. Your subscription was received.',
    unavailable: 'We cannot be reached at the moment. Nothing was lost. Please try again.',
    refused: 'The subscription was not accepted.',
    broken: 'You were not subscribed, because this form has a mistake, which is not yours. Please tell the owner:',
  },
});
// The hash needs SubtleCrypto, which only https pages and localhost have.
subscriptionForm.hidden = crypto.subtle === undefined;

function fillTopics(select, topics = '') {
  const names = topics.split(',').filter(Boolean);
  if (names.length === 0) return;
  const chosen = select.value;
  select.replaceChildren(...names.map(name => new Option(toLabel(name), name)));
  if (names.includes(chosen)) select.value = chosen; // it may have been chosen before this script ran
}

function toLabel(topic) {
  const words = topic.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

// Evidence of consent: the version, and the hash of the text as the visitor sees it (line breaks of the markup are
// not seen, so runs of white space count as one space).
async function readConsent() {
  const shown = consentText.textContent.replace(/\s+/g, ' ').trim();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(shown));
  const hex = [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return {consentVersion: consentText.dataset.consentVersion, consentTextSha256: hex};
}
