{{- define "eyeson-bridge.env" -}}
{{ include "eyeson-bridge.brokerEnv" . }}
- name: Eyeson__Url
  value: {{ .Values.eyeson.url | quote }}
- name: Eyeson__Authentication
  value: {{ .Values.eyeson.authentication | quote }}
{{- range $name, $_ := .Values.eyeson.accounts }}
- name: Eyeson__Accounts__{{ $name }}__ApiKeyFile
  value: /etc/eyeson-bridge/keys/{{ $name }}
{{- end }}
{{- if or .Values.eyeson.ca.existingSecret .Values.eyeson.ca.existingConfigMap }}
- name: Eyeson__CaFile
  value: /etc/eyeson-bridge/eyeson-ca/ca.crt
{{- end }}
{{ include "eyeson-bridge.storeEnv" . }}
- name: Management__Url
  value: http://0.0.0.0:8080
{{- if .Values.prometheus.enabled }}
- name: Management__Prometheus
  value: "true"
{{- end }}
- name: Host__ShutdownTimeout
  value: {{ include "eyeson-bridge.duration" .Values.shutdown.timeoutSeconds | quote }}
- name: Outbox__MaxBytes
  value: {{ .Values.outbox.maxBytes | int64 | quote }}
{{- include "eyeson-bridge.settings" (dict "section" "Bus" "settings" .Values.broker.settings) }}
{{- include "eyeson-bridge.settings" (dict "section" "Management" "settings" .Values.management) }}
{{- include "eyeson-bridge.settings" (dict "section" "Observer" "settings" .Values.observer) }}
{{- include "eyeson-bridge.settings" (dict "section" "Permalinks" "settings" .Values.permalinks) }}
{{- include "eyeson-bridge.settings" (dict "section" "Store" "settings" .Values.store.settings) }}
{{- if .Values.discovery.enabled }}
- name: Discovery__Enabled
  value: "true"
{{- include "eyeson-bridge.settings" (dict "section" "Discovery" "settings" .Values.discovery.settings) }}
{{- end }}
{{- if .Values.webhook.enabled }}
- name: Webhook__Enabled
  value: "true"
- name: Webhook__Url
  value: http://0.0.0.0:8081
{{- include "eyeson-bridge.settings" (dict "section" "Webhook" "settings" .Values.webhook.settings) }}
{{- end }}
{{- include "eyeson-bridge.settings" (dict "section" "Logging__LogLevel" "settings" .Values.logging.levels) }}
- name: Logging__Console__FormatterName
  value: {{ .Values.logging.format | quote }}
{{- if or .Values.otlp.endpoint .Values.otlp.metricsEndpoint }}
{{ include "eyeson-bridge.otlpEnv" . }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "eyeson-bridge.otlpEnv" -}}
{{- if .Values.otlp.endpoint -}}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ .Values.otlp.endpoint | quote }}
- name: OTEL_EXPORTER_OTLP_PROTOCOL
  value: {{ .Values.otlp.protocol | quote }}
{{ end -}}
{{- with .Values.otlp.metricsEndpoint -}}
- name: OTEL_EXPORTER_OTLP_METRICS_ENDPOINT
  value: {{ . | quote }}
- name: OTEL_EXPORTER_OTLP_METRICS_PROTOCOL
  value: http/protobuf
{{ end -}}
- name: OTEL_SERVICE_NAME
  value: {{ .Values.otlp.serviceName | quote }}
- name: OTEL_METRIC_EXPORT_INTERVAL
  value: {{ mul .Values.otlp.metricIntervalSeconds 1000 | quote }}
- name: OTEL_TRACES_SAMPLER
  value: {{ .Values.otlp.sampler | quote }}
{{- if ne (toString .Values.otlp.samplerArg) "" }}
- name: OTEL_TRACES_SAMPLER_ARG
  value: {{ .Values.otlp.samplerArg | quote }}
{{- end }}
- name: POD_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: POD_NAMESPACE
  valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
- name: NODE_NAME
  valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
- name: OTEL_RESOURCE_ATTRIBUTES
  value: "service.instance.id=$(POD_NAMESPACE).$(POD_NAME),k8s.namespace.name=$(POD_NAMESPACE),k8s.pod.name=$(POD_NAME),k8s.node.name=$(NODE_NAME)
    {{- range $name, $value := .Values.otlp.resourceAttributes }},{{ $name }}={{ $value }}{{ end }}"
{{- with .Values.otlp.headers.existingSecret }}
- name: OTEL_EXPORTER_OTLP_HEADERS
  valueFrom: {secretKeyRef: {name: {{ . | quote }}, key: {{ $.Values.otlp.headers.key | quote }}}}
{{- end }}
{{- end -}}
