{{- define "eyeson-bridge.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "eyeson-bridge.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "eyeson-bridge.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "eyeson-bridge.namespace" -}}
{{- .Values.namespaceOverride | default .Release.Namespace -}}
{{- end -}}

{{- define "eyeson-bridge.selectorLabels" -}}
app.kubernetes.io/name: {{ include "eyeson-bridge.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: bridge
{{- end -}}

{{- define "eyeson-bridge.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ include "eyeson-bridge.version" . | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "eyeson-bridge.labels" -}}
{{ include "eyeson-bridge.selectorLabels" . }}
{{ include "eyeson-bridge.commonLabels" . }}
{{- end -}}

{{/* The annotations of an object: those of all objects, and above them its own. Nothing when there are none. */}}
{{- define "eyeson-bridge.annotations" -}}
{{- with merge (dict) (.own | default dict) .root.Values.commonAnnotations -}}
annotations: {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end -}}

{{- define "eyeson-bridge.image" -}}
{{- with .Values.global.imageRegistry | default .Values.image.registry }}{{ . }}/{{ end -}}
{{ .Values.image.repository }}
{{- if .Values.image.digest -}}
@{{ .Values.image.digest }}
{{- else -}}
:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* The version of the program in the image, as far as the values say it, in the form of a label. */}}
{{- define "eyeson-bridge.version" -}}
{{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | trimAll "-_." }}
{{- end -}}

{{- define "eyeson-bridge.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{ .Values.serviceAccount.name | default (include "eyeson-bridge.fullname" .) }}
{{- else -}}
{{ .Values.serviceAccount.name | default "default" }}
{{- end -}}
{{- end -}}

{{/* Of the services that lead to the same pod, the one that is scraped. */}}
{{- define "eyeson-bridge.scrapedLabel" -}}
eyeson-bridge/metrics: "true"
{{- end -}}

{{/* The label job of the metrics: how Prometheus joins service.namespace and service.name. */}}
{{- define "eyeson-bridge.job" -}}
{{- with index .Values.otlp.resourceAttributes "service.namespace" }}{{ . }}/{{ end -}}
{{ .Values.otlp.serviceName }}
{{- end -}}

{{/* Selects the metrics of this release, and of no other with the same service.name. */}}
{{- define "eyeson-bridge.metricSelector" -}}
job={{ include "eyeson-bridge.job" . | quote }}, instance
{{- with index .Values.otlp.resourceAttributes "service.instance.id" -}}
={{ . | quote }}
{{- else -}}
=~"{{ include "eyeson-bridge.namespace" . }}[.]{{ include "eyeson-bridge.fullname" . | replace "." "[.]" }}-{{ ternary "[b-z2-9]+-?[b-z2-9]+" "[0-9]+" (ne (include "eyeson-bridge.isShared" .) "") }}"
{{- end -}}
{{- end -}}

{{/* What can be told to be wrong before anything is installed. */}}
{{- define "eyeson-bridge.check" -}}
{{- include "eyeson-bridge.checkImage" . -}}
{{- include "eyeson-bridge.checkStore" . -}}
{{- if not (include "eyeson-bridge.isShared" .) -}}
{{- include "eyeson-bridge.checkVolume" . -}}
{{- end -}}
{{- include "eyeson-bridge.checkMonitors" . -}}
{{- if not .Values.eyeson.accounts -}}
{{- fail "eyeson.accounts is empty: configure at least one account with its API key." -}}
{{- end -}}
{{- range $name, $account := .Values.eyeson.accounts -}}
{{- if and (not $account.apiKey) (not $account.existingSecret) -}}
{{- fail (printf "eyeson.accounts.%s has no key: set existingSecret (or apiKey, for a trial)." $name) -}}
{{- end -}}
{{- end -}}
{{- if and (not .Values.broker.url) (not .Values.broker.existingSecret) -}}
{{- fail "broker has no address: set broker.existingSecret (or broker.url, for a trial)." -}}
{{- end -}}
{{- range $name, $ca := dict "eyeson.ca" .Values.eyeson.ca "broker.ca" .Values.broker.ca "store.postgres.ca" .Values.store.postgres.ca -}}
{{- if and $ca.existingSecret $ca.existingConfigMap -}}
{{- fail (printf "%s has both existingSecret and existingConfigMap: set only one of them." $name) -}}
{{- end -}}
{{- end -}}
{{- if .Values.ingress.enabled -}}
{{- if not .Values.webhook.enabled -}}
{{- fail "ingress.enabled needs webhook.enabled: the ingress is for webhooks only." -}}
{{- end -}}
{{- if not .Values.ingress.host -}}
{{- fail "ingress.host is empty: webhooks need a host name." -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "eyeson-bridge.checkMonitors" -}}
{{- if and .Values.prometheusRule.enabled (not (or .Values.otlp.endpoint .Values.otlp.metricsEndpoint .Values.prometheus.enabled .Values.extraEnv .Values.extraEnvFrom)) -}}
{{- fail "prometheusRule.enabled needs metrics: set otlp.endpoint, otlp.metricsEndpoint or prometheus.enabled. Without them EyesonBridgeAbsent would fire for ever." -}}
{{- end -}}
{{- if and (or .Values.prometheus.serviceMonitor.enabled .Values.prometheus.podMonitor.enabled) (not .Values.prometheus.enabled) -}}
{{- fail "prometheus.serviceMonitor and prometheus.podMonitor need prometheus.enabled: there would be nothing to fetch." -}}
{{- end -}}
{{- if and .Values.prometheus.serviceMonitor.enabled .Values.prometheus.podMonitor.enabled -}}
{{- fail "prometheus.serviceMonitor and prometheus.podMonitor are both enabled: Prometheus would fetch everything twice. Enable only one of them." -}}
{{- end -}}
{{- end -}}

{{- define "eyeson-bridge.checkImage" -}}
{{- $repository := .Values.image.repository -}}
{{- $registry := .Values.global.imageRegistry | default .Values.image.registry -}}
{{- if contains "@" $repository -}}
{{- fail (printf "image.repository is %s: give its digest in image.digest." $repository) -}}
{{- end -}}
{{- if contains ":" (splitList "/" $repository | last) -}}
{{- fail (printf "image.repository is %s: give its tag in image.tag." $repository) -}}
{{- end -}}
{{- $first := splitList "/" $repository | first -}}
{{- if and $registry (ne $first $repository) (or (contains "." $first) (contains ":" $first) (eq $first "localhost")) -}}
{{- fail (printf "image.repository names the registry %s, and %s is another: give the former in image.registry, which global.imageRegistry replaces." $first $registry) -}}
{{- end -}}
{{- end -}}

{{- define "eyeson-bridge.checkVolume" -}}
{{- if and .Values.persistence.existingClaim (not .Values.persistence.enabled) -}}
{{- fail (printf "persistence.existingClaim is %s, but persistence.enabled is false: nothing would be kept on that claim." .Values.persistence.existingClaim) -}}
{{- end -}}
{{- if not .Values.persistence.existingClaim -}}
{{- $bytes := include "eyeson-bridge.bytes" .Values.persistence.size | int64 -}}
{{- if gt (mul 2 (int64 .Values.outbox.maxBytes)) $bytes -}}
{{- fail (printf "outbox.maxBytes (%d) is more than half of persistence.size (%s): SQLite's write-ahead log needs as much again. The bridge would stop at the end of the volume instead." (int64 .Values.outbox.maxBytes) .Values.persistence.size) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A quantity such as 8Gi in bytes. */}}
{{- define "eyeson-bridge.bytes" -}}
{{- $units := dict "" 1 "k" 1000 "Ki" 1024 "M" 1000000 "Mi" 1048576 "G" 1000000000 "Gi" 1073741824 "T" 1000000000000 "Ti" 1099511627776 -}}
{{- $unit := regexFind "[a-zA-Z]*$" . -}}
{{ mulf (float64 (trimSuffix $unit .)) (float64 (get $units $unit)) | int64 }}
{{- end -}}

{{/* Name of the secret that the chart makes from values that were given in clear. */}}
{{- define "eyeson-bridge.ownSecret" -}}
{{ include "eyeson-bridge.fullname" . }}-values
{{- end -}}

{{- define "eyeson-bridge.hasOwnSecret" -}}
{{- $own := ternary "yes" "" (or (ne .Values.broker.url "") (ne .Values.store.postgres.connectionString "")) -}}
{{- range .Values.eyeson.accounts -}}
{{- if .apiKey }}{{ $own = "yes" }}{{ end -}}
{{- end -}}
{{ $own }}
{{- end -}}

{{/* The broker's address, and user and password where they are apart from it, as files that are named as their settings. */}}
{{- define "eyeson-bridge.brokerVolume" -}}
- name: broker
  projected:
    defaultMode: 0440
    sources:
      - secret:
          {{- if .Values.broker.url }}
          name: {{ include "eyeson-bridge.ownSecret" . }}
          items: [{key: broker-url, path: Bus__Url}]
          {{- else }}
          name: {{ .Values.broker.existingSecret }}
          items: [{key: {{ .Values.broker.key | quote }}, path: Bus__Url}]
          {{- end }}
      {{- with .Values.broker.username }}
      {{- if .existingSecret }}
      - secret:
          name: {{ .existingSecret }}
          items: [{key: {{ .key | quote }}, path: Bus__Username}]
      {{- end }}
      {{- end }}
      {{- with .Values.broker.password }}
      {{- if .existingSecret }}
      - secret:
          name: {{ .existingSecret }}
          items: [{key: {{ .key | quote }}, path: Bus__Password}]
      {{- end }}
      {{- end }}
{{- end -}}

{{- define "eyeson-bridge.clientCertificateVolume" -}}
- name: broker-client
  secret:
    secretName: {{ .Values.broker.clientCertificate.existingSecret }}
    defaultMode: 0440
    items:
      - {key: {{ .Values.broker.clientCertificate.certificateKey | quote }}, path: tls.crt}
      - {key: {{ .Values.broker.clientCertificate.privateKeyKey | quote }}, path: tls.key}
{{- end -}}

{{- define "eyeson-bridge.caVolume" -}}
- name: {{ .name }}
  {{- if .ca.existingSecret }}
  secret:
    secretName: {{ .ca.existingSecret }}
    defaultMode: 0440
    items: [{key: {{ .ca.key | quote }}, path: ca.crt}]
  {{- else }}
  configMap:
    name: {{ .ca.existingConfigMap }}
    items: [{key: {{ .ca.key | quote }}, path: ca.crt}]
  {{- end }}
{{- end -}}

{{/* What the bridge and its command line need to reach the broker. */}}
{{- define "eyeson-bridge.brokerEnv" -}}
- name: EYESONBRIDGE_SECRETS_DIRECTORY
  value: /etc/eyeson-bridge/secrets
{{- with .Values.broker.controlQueue }}
- name: Bus__ControlQueue
  value: {{ . | quote }}
{{- end }}
{{- if or .Values.broker.ca.existingSecret .Values.broker.ca.existingConfigMap }}
- name: Bus__CaFile
  value: /etc/eyeson-bridge/broker-ca/ca.crt
{{- end }}
{{- if .Values.broker.clientCertificate.existingSecret }}
- name: Bus__ClientCertificateFile
  value: /etc/eyeson-bridge/broker-client/tls.crt
- name: Bus__ClientKeyFile
  value: /etc/eyeson-bridge/broker-client/tls.key
{{- end }}
{{- end -}}

{{- define "eyeson-bridge.brokerMounts" -}}
- name: broker
  mountPath: /etc/eyeson-bridge/secrets
  readOnly: true
{{- if or .Values.broker.ca.existingSecret .Values.broker.ca.existingConfigMap }}
- name: broker-ca
  mountPath: /etc/eyeson-bridge/broker-ca
  readOnly: true
{{- end }}
{{- if .Values.broker.clientCertificate.existingSecret }}
- name: broker-client
  mountPath: /etc/eyeson-bridge/broker-client
  readOnly: true
{{- end }}
{{- end -}}

{{/* section: the settings below it, each as Section__Name. */}}
{{- define "eyeson-bridge.settings" -}}
{{- $section := .section -}}
{{- range $name, $value := .settings }}
{{- if kindIs "slice" $value }}
{{- range $index, $item := $value }}
- name: {{ $section }}__{{ $name }}__{{ $index }}
  value: {{ $item | quote }}
{{- end }}
{{- else }}
- name: {{ $section }}__{{ $name }}
  value: {{ kindIs "float64" $value | ternary (printf "%.0f" (float64 $value)) (toString $value) | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Seconds as the settings write a time: 00:00:25. */}}
{{- define "eyeson-bridge.duration" -}}
{{- $seconds := int . -}}
{{ printf "%02d:%02d:%02d" (div $seconds 3600) (div (mod $seconds 3600) 60) (mod $seconds 60) }}
{{- end -}}
