{{/* The template of the bridge's pod. */}}
{{- define "eyeson-bridge.podTemplate" -}}
metadata:
  labels:
    {{- include "eyeson-bridge.labels" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    kubectl.kubernetes.io/default-container: bridge
    {{- if include "eyeson-bridge.hasOwnSecret" . }}
    checksum/secret: {{ include (print $.Template.BasePath "/secret.yaml") . | sha256sum }}
    {{- end }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "eyeson-bridge.serviceAccountName" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ add .Values.shutdown.timeoutSeconds .Values.shutdown.marginSeconds }}
  securityContext: {{- toYaml .Values.podSecurityContext | nindent 4 }}
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.initContainers }}
  initContainers: {{- tpl (toYaml .) $ | nindent 4 }}
  {{- end }}
  containers:
    - name: bridge
      image: {{ include "eyeson-bridge.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      securityContext: {{- toYaml .Values.securityContext | nindent 8 }}
      env: {{- include "eyeson-bridge.env" . | nindent 8 }}
      {{- with .Values.extraEnvFrom }}
      envFrom: {{- toYaml . | nindent 8 }}
      {{- end }}
      ports:
        - name: management
          containerPort: 8080
          protocol: TCP
        {{- if .Values.webhook.enabled }}
        - name: webhooks
          containerPort: 8081
          protocol: TCP
        {{- end }}
      startupProbe: {{- include "eyeson-bridge.probe" (dict "path" "/health/startup" "probe" .Values.probes.startup) | nindent 8 }}
      readinessProbe: {{- include "eyeson-bridge.probe" (dict "path" "/health/ready" "probe" .Values.probes.readiness) | nindent 8 }}
      livenessProbe: {{- include "eyeson-bridge.probe" (dict "path" "/health/live" "probe" .Values.probes.liveness) | nindent 8 }}
      {{- with .Values.resources }}
      resources: {{- toYaml . | nindent 8 }}
      {{- end }}
      volumeMounts:
        {{- with include "eyeson-bridge.storeMounts" . | trim }}
        {{- . | nindent 8 }}
        {{- end }}
        - name: keys
          mountPath: /etc/eyeson-bridge/keys
          readOnly: true
        {{- include "eyeson-bridge.brokerMounts" . | nindent 8 }}
        {{- if or .Values.eyeson.ca.existingSecret .Values.eyeson.ca.existingConfigMap }}
        - name: eyeson-ca
          mountPath: /etc/eyeson-bridge/eyeson-ca
          readOnly: true
        {{- end }}
        {{- with .Values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    {{- with .Values.sidecars }}
    {{- tpl (toYaml .) $ | nindent 4 }}
    {{- end }}
  volumes:
    - name: keys
      projected:
        defaultMode: 0440
        sources:
          {{- range $account, $settings := .Values.eyeson.accounts }}
          - secret:
              {{- if $settings.apiKey }}
              name: {{ include "eyeson-bridge.ownSecret" $ }}
              items: [{key: {{ printf "api-key-%s" $account | quote }}, path: {{ $account | quote }}}]
              {{- else }}
              name: {{ $settings.existingSecret }}
              items: [{key: {{ $settings.key | default "api-key" | quote }}, path: {{ $account | quote }}}]
              {{- end }}
          {{- end }}
    {{- include "eyeson-bridge.brokerVolume" . | nindent 4 }}
    {{- if include "eyeson-bridge.isShared" . }}
    {{- include "eyeson-bridge.storeSource" . | nindent 10 }}
    {{- end }}
    {{- if .Values.broker.clientCertificate.existingSecret }}
    {{- include "eyeson-bridge.clientCertificateVolume" . | nindent 4 }}
    {{- end }}
    {{- if or .Values.broker.ca.existingSecret .Values.broker.ca.existingConfigMap }}
    {{- include "eyeson-bridge.caVolume" (dict "name" "broker-ca" "ca" .Values.broker.ca) | nindent 4 }}
    {{- end }}
    {{- if or .Values.eyeson.ca.existingSecret .Values.eyeson.ca.existingConfigMap }}
    {{- include "eyeson-bridge.caVolume" (dict "name" "eyeson-ca" "ca" .Values.eyeson.ca) | nindent 4 }}
    {{- end }}
    {{- with include "eyeson-bridge.storeVolumes" . | trim }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- with .Values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.topologySpreadConstraints }}
  topologySpreadConstraints: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* path: what the bridge answers at. probe: how patient it is, or custom for something else altogether. */}}
{{- define "eyeson-bridge.probe" -}}
{{- if .probe.custom -}}
{{ toYaml .probe.custom }}
{{- else -}}
httpGet: {path: {{ .path }}, port: management}
{{- with omit .probe "custom" }}
{{ toYaml . }}
{{- end }}
{{- end -}}
{{- end -}}
