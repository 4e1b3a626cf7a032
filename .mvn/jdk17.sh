#!/bin/sh
# Prints the home of a Java 17, which Cassandra needs, or nothing and fails. Looks at DUNLIN_JAVA17_HOME first.
. "$(dirname "$0")/jdk.sh"

dunlin_find_jdk java 17 17 "${DUNLIN_JAVA17_HOME-}" && echo "$dunlin_jdk"
