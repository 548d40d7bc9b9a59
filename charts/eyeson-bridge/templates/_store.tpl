{{/* Not empty when the store is a database, which replicas share. */}}
{{- define "eyeson-bridge.isShared" -}}
{{- if eq .Values.store.provider "postgres" }}yes{{ end -}}
{{- end -}}

{{/* The workload, as kubectl exec names it. */}}
{{- define "eyeson-bridge.anyPod" -}}
{{- if include "eyeson-bridge.isShared" . -}}
deployment/{{ include "eyeson-bridge.fullname" . }}
{{- else -}}
{{ include "eyeson-bridge.fullname" . }}-0
{{- end -}}
{{- end -}}

{{- define "eyeson-bridge.storeEnv" -}}
{{- if include "eyeson-bridge.isShared" . -}}
- name: Store__Provider
  value: Postgres
{{- if .Values.store.postgres.password.existingSecret }}
- name: Store__PasswordFile
  value: /etc/eyeson-bridge/store/password
{{- end }}
{{- if or .Values.store.postgres.ca.existingSecret .Values.store.postgres.ca.existingConfigMap }}
- name: PGSSLROOTCERT
  value: /etc/eyeson-bridge/store-ca/ca.crt
{{- end }}
{{- else -}}
- name: Store__ConnectionString
  value: Data Source=/data/eyeson-bridge.db
- name: SQLITE_TMPDIR
  value: /data
{{- end }}
{{- end -}}

{{- define "eyeson-bridge.storeMounts" -}}
{{- if not (include "eyeson-bridge.isShared" .) }}
- name: data
  mountPath: /data
{{- else }}
{{- if .Values.store.postgres.password.existingSecret }}
- name: store
  mountPath: /etc/eyeson-bridge/store
  readOnly: true
{{- end }}
{{- if or .Values.store.postgres.ca.existingSecret .Values.store.postgres.ca.existingConfigMap }}
- name: store-ca
  mountPath: /etc/eyeson-bridge/store-ca
  readOnly: true
{{- end }}
{{- end }}
{{- end -}}

{{/* The connection string, beside the broker's address: a file that is named as its setting. */}}
{{- define "eyeson-bridge.storeSource" -}}
- secret:
    {{- if .Values.store.postgres.connectionString }}
    name: {{ include "eyeson-bridge.ownSecret" . }}
    items: [{key: store-connection-string, path: Store__ConnectionString}]
    {{- else }}
    name: {{ .Values.store.postgres.existingSecret }}
    items: [{key: {{ .Values.store.postgres.key | quote }}, path: Store__ConnectionString}]
    {{- end }}
{{- end -}}

{{- define "eyeson-bridge.storeVolumes" -}}
{{- if include "eyeson-bridge.isShared" . }}
{{- with .Values.store.postgres.password }}
{{- if .existingSecret }}
- name: store
  secret:
    secretName: {{ .existingSecret }}
    defaultMode: 0440
    items: [{key: {{ .key | quote }}, path: password}]
{{- end }}
{{- end }}
{{- if or .Values.store.postgres.ca.existingSecret .Values.store.postgres.ca.existingConfigMap }}
{{ include "eyeson-bridge.caVolume" (dict "name" "store-ca" "ca" .Values.store.postgres.ca) }}
{{- end }}
{{- else if not .Values.persistence.enabled }}
- name: data
  emptyDir: {sizeLimit: {{ .Values.persistence.size }}}
{{- else if .Values.persistence.existingClaim }}
- name: data
  persistentVolumeClaim:
    claimName: {{ .Values.persistence.existingClaim }}
{{- end }}
{{- end -}}

{{- define "eyeson-bridge.checkStore" -}}
{{- $postgres := .Values.store.postgres -}}
{{- if include "eyeson-bridge.isShared" . -}}
{{- include "eyeson-bridge.checkDatabase" . -}}
{{- range $name := list "existingClaim" "storageClass" "annotations" -}}
{{- if index $.Values.persistence $name -}}
{{- fail (printf "persistence.%s is set, but store.provider is postgres: nothing is kept on a volume. Remove it." $name) -}}
{{- end -}}
{{- end -}}
{{- if and (eq (toString .Values.rollingUpdate.maxSurge | trimSuffix "%") "0") (eq (toString .Values.rollingUpdate.maxUnavailable | trimSuffix "%") "0") -}}
{{- fail "rollingUpdate.maxSurge and rollingUpdate.maxUnavailable are both 0: a rollout could neither start a new pod nor end an old one." -}}
{{- end -}}
{{- if index .Values.otlp.resourceAttributes "service.instance.id" -}}
{{- fail "otlp.resourceAttributes names a service.instance.id, but store.provider is postgres: all replicas would have it, and their metrics could not be told apart. Remove it." -}}
{{- end -}}
{{- else -}}
{{- if gt (int .Values.replicaCount) 1 -}}
{{- fail "replicaCount must be 1: the store is a SQLite file, which only one process can use. For several replicas set store.provider to postgres. For more rooms, give the pod more resources, or install another release with its own control queue." -}}
{{- end -}}
{{- if .Values.autoscaling.enabled -}}
{{- fail "autoscaling.enabled needs store.provider postgres: the store is a SQLite file, which only one process can use." -}}
{{- end -}}
{{- range $name, $set := dict "connectionString" $postgres.connectionString "existingSecret" $postgres.existingSecret "password" $postgres.password.existingSecret "ca" (or $postgres.ca.existingSecret $postgres.ca.existingConfigMap) -}}
{{- if $set -}}
{{- fail (printf "store.postgres.%s is set, but store.provider is sqlite: set it to postgres, or the database is not used." $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- include "eyeson-bridge.checkAutoscaling" . -}}
{{- end -}}

{{- define "eyeson-bridge.checkDatabase" -}}
{{- with .Values.store.postgres -}}
{{- if not (or .connectionString .existingSecret) -}}
{{- fail "store.provider is postgres, but no database is named: set store.postgres.existingSecret (or store.postgres.connectionString)." -}}
{{- end -}}
{{- if and .connectionString .existingSecret -}}
{{- fail "store.postgres has both existingSecret and connectionString: set only one of them." -}}
{{- end -}}
{{- if .connectionString -}}
{{- if not (regexMatch "(?i)(^|;)\\s*(host|server)\\s*=\\s*[^;\\s]" .connectionString) -}}
{{- fail "store.postgres.connectionString names no host. It should look like: Host=db.example.com;Database=eyeson_bridge;Username=eyeson_bridge." -}}
{{- end -}}
{{- if not (regexMatch "(?i)(^|;)\\s*(database|db)\\s*=\\s*[^;\\s]" .connectionString) -}}
{{- fail "store.postgres.connectionString names no database. It should look like: Host=db.example.com;Database=eyeson_bridge;Username=eyeson_bridge." -}}
{{- end -}}
{{- if and .password.existingSecret (regexMatch "(?i)(^|;)\\s*(password|psw|pwd)\\s*=" .connectionString) -}}
{{- fail "store.postgres.connectionString has a password, and store.postgres.password.existingSecret names one too. Keep one of them." -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "eyeson-bridge.checkAutoscaling" -}}
{{- if .Values.autoscaling.enabled -}}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) -}}
{{- fail (printf "autoscaling.minReplicas (%d) is more than autoscaling.maxReplicas (%d)." (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- end -}}
{{- if not (or .Values.otlp.endpoint .Values.otlp.metricsEndpoint .Values.prometheus.enabled) -}}
{{- fail "autoscaling.enabled needs metrics: set otlp.endpoint, otlp.metricsEndpoint or prometheus.enabled. Without them nobody knows how many rooms a pod has." -}}
{{- end -}}
{{- end -}}
{{- end -}}
