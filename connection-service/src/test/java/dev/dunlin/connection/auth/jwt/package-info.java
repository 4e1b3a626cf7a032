/** Tests of tokens. */
@NullMarked
package dev.dunlin.connection.auth.jwt;

import org.jspecify.annotations.NullMarked;
