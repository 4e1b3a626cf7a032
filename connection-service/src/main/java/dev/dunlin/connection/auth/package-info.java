/** Who a token is for, and what it allows. */
@NullMarked
package dev.dunlin.connection.auth;

import org.jspecify.annotations.NullMarked;
