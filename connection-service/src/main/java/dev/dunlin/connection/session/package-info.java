/** What a client has open on this node. */
@NullMarked
package dev.dunlin.connection.session;

import org.jspecify.annotations.NullMarked;
