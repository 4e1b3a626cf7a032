/** The log of what each service did to a message, under the trace id of the message. */
@NullMarked
package dev.dunlin.edge.trace;

import org.jspecify.annotations.NullMarked;
