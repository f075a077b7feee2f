/** A Mustache template for the content of a subject access request, with the helpers that HMPPS offers. */
export const TEMPLATE = `<h1>Custody Watch</h1>
<p>Prison number: {{ prisonNumber }}{{#formerPrisonNumbers}}, formerly {{ . }}{{/formerPrisonNumbers}}</p>

<h2>What was recorded</h2>
{{#custodyEvents}}
<h3>{{ type }}</h3>
<table>
  <tr><td>When it happened</td><td>{{ occurredAt }}</td></tr>
  <tr><td>When it was recorded</td><td>{{ recordedAt }}</td></tr>
  <tr><td>Prison</td><td>{{#prisonId}}{{ getPrisonName prisonId }}{{/prisonId}}</td></tr>
  {{#pending}}<tr><td>Counts</td><td>Not yet: another prison holds the person</td></tr>{{/pending}}
  {{#each data}}
  <tr><td>{{ @key }}</td><td>{{ this }}</td></tr>
  {{/each}}
</table>
{{/custodyEvents}}
{{^custodyEvents}}
<p>No data held</p>
{{/custodyEvents}}

<h2>Safety alerts</h2>
{{#safetyAlerts}}
<h3>{{ ruleName }}</h3>
<table>
  <tr><td>Raised</td><td>{{ raisedAt }}</td></tr>
  <tr><td>Prison</td><td>{{ getPrisonName prisonId }}</td></tr>
  <tr><td>Why</td><td>{{ reason }}</td></tr>
  <tr><td>Severity</td><td>{{ severity }}</td></tr>
  <tr><td>State</td><td>{{ state }}</td></tr>
  {{#history}}
  <tr><td>{{ at }}</td><td>{{ transition }} by {{ getUserLastName by }} {{ reasonCode }} {{ note }}</td></tr>
  {{/history}}
</table>
{{/safetyAlerts}}
{{^safetyAlerts}}
<p>No data held</p>
{{/safetyAlerts}}

<h2>Notes at the hand-over of shifts</h2>
{{#handoverNotes}}
<table>
  <tr><td>Written</td><td>{{ at }} by {{ getUserLastName by }}</td></tr>
  <tr><td>Prison</td><td>{{ getPrisonName prisonId }}</td></tr>
  <tr><td>Note</td><td>{{ note }}</td></tr>
</table>
{{/handoverNotes}}
{{^handoverNotes}}
<p>No data held</p>
{{/handoverNotes}}
`;
