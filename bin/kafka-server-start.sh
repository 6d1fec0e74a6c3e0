#!/bin/sh
# As Kafka's script of this name; see ../barnabas.
exec "$(dirname -- "$(readlink -f -- "$0")")/../barnabas" kafka-server-start "$@"
