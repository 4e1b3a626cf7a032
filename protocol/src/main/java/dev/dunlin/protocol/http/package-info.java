/** Bodies of REST and of the calls between services. */
@NullMarked
package dev.dunlin.protocol.http;

import org.jspecify.annotations.NullMarked;
