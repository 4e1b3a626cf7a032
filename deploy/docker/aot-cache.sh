#!/bin/bash
# Writes dunlin.aot, the AOT cache of the service in the working directory (JEP 483, 515), when an
# image is built: starts the service without engines until it is live, and ends it. The settings are
# only for this start. The JVM ignores a cache that does not fit, so an image without one starts too,
# with about twice the CPU time.
set -u
none=127.0.0.1:9
echo none > /tmp/no-token
export QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_MANAGEMENT_HOST=127.0.0.1 KAFKA_BOOTSTRAP_SERVERS=$none \
  QUARKUS_REDIS_HOSTS=redis://$none QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://$none/none \
  QUARKUS_DATASOURCE_USERNAME=none QUARKUS_DATASOURCE_PASSWORD=none QUARKUS_FLYWAY_MIGRATE_AT_START=false \
  MP_JWT_VERIFY_PUBLICKEY_LOCATION=http://$none/jwks MP_JWT_VERIFY_ISSUER=none MP_JWT_VERIFY_AUDIENCES=none \
  DUNLIN_SERVICE_TOKEN_FILE=/tmp/no-token DUNLIN_NODE_ID=image DUNLIN_PUSH_VAPID_SUBJECT=mailto:none@localhost
port=${QUARKUS_MANAGEMENT_PORT:-9000}
java --enable-native-access=ALL-UNNAMED -XX:AOTCacheOutput=dunlin.aot -jar quarkus-run.jar > /tmp/training.log 2>&1 &
service=$!
live() {
  exec 3<> /dev/tcp/127.0.0.1/"$port" && printf 'GET /q/health/live HTTP/1.0\r\n\r\n' >&3 && read -r status <&3 &&
    [[ $status == *' 200 '* ]]
}
for _ in $(seq 600); do
  (live) 2> /dev/null && break
  kill -0 $service 2> /dev/null || break
  sleep 0.1
done
kill $service 2> /dev/null
wait $service # for the cache, which a second JVM writes when the first one ends
if [[ ! -s dunlin.aot ]]; then
  tail -20 /tmp/training.log
  echo "There is no AOT cache: the service starts without one." >&2
fi
rm -f /tmp/no-token /tmp/training.log
