// What the public page does beside embed.js, which takes over both forms: puts in the configured topics.
const inquiryForm = document.getElementById('inquiry-form');
const subscriptionForm = document.getElementById('subscription-form');

// The service validates, and its errors are shown in one way for all fields; without script the browser does.
for (const form of [inquiryForm, subscriptionForm]) form.noValidate = true;
fillTopics(document.getElementById('inquiry-topic'), document.body.dataset.topics);

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
