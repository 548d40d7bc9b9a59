#!/bin/sh
# Starts a meeting at the simulated Eyeson every EVERY seconds and has the bridge observe it, forever.
# CONTROL_QUEUE is the bridge's queue for commands, PREFIX how names of rooms begin.
set -eu
trap 'exit 0' TERM INT

request() { curl --fail --silent --show-error --retry 60 --retry-delay 2 --retry-all-errors --output /dev/null "$@"; }

count=0
while true; do
  count=$((count + 1))
  room=${PREFIX:-meeting}-$(date +%s)-$count
  request "$SIMULATOR/rooms" --data "{\"id\": \"$room\", \"name\": \"Meeting $count\"}"

  # The command ObserveRoom as raw bytes (docs/contracts.md), over RabbitMQ's HTTP API. The exchange exists once the
  # bridge has started.
  command="{\\\"messageType\\\":[\\\"urn:message:EyesonBridge.Contracts.V1:ObserveRoom\\\"],\\\"message\\\":{\\\"roomId\\\":\\\"$room\\\"}}"
  request "$RABBITMQ/exchanges/%2F/${CONTROL_QUEUE:-eyeson-bridge-control}/publish" --data "{
    \"properties\": {\"content_type\": \"application/vnd.masstransit+json\", \"delivery_mode\": 2},
    \"routing_key\": \"\", \"payload_encoding\": \"string\", \"payload\": \"$command\"}"

  request "$SIMULATOR/rooms/$room/script" --data '{"waitForObservers": 1}'
  echo "$room began"
  sleep "$EVERY" &
  wait $!
done
