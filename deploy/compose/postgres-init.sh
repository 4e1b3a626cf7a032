#!/bin/bash
# Runs once, on an empty volume: a user and a database for each service that has one. Neither user is a superuser, may make
# databases or users, or connect to the other's database; each service migrates its own.
set -eu
psql -v ON_ERROR_STOP=1 -v message="$MESSAGE_PASSWORD" -v push="$PUSH_PASSWORD" -U "$POSTGRES_USER" -d postgres <<'SQL'
CREATE ROLE message LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'message';
CREATE ROLE push LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'push';
CREATE DATABASE message OWNER message;
CREATE DATABASE push OWNER push;
REVOKE CONNECT ON DATABASE message, push, postgres FROM PUBLIC;
SQL
