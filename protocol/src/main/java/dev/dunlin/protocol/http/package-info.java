/** Bodies of the REST API and of calls between services. */
@NullMarked
package dev.dunlin.protocol.http;

import org.jspecify.annotations.NullMarked;
