// The public page's entry point: puts in the configured topics and takes over both forms.
import {enhanceForm} from './form.js';

const inquiryForm = document.getElementById('inquiry-form');
const subscriptionForm = document.getElementById('subscription-form');

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
  texts: {
    accepted: () => 'Thank you. Your subscription was received.',
    unavailable: 'We cannot be reached at the moment. Nothing was lost. Please try again.',
    refused: 'The subscription was not accepted.',
    broken: 'You were not subscribed, because this form has a mistake, which is not yours. Please tell the owner:',
  },
});

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
