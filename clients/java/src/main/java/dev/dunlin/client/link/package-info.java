/** One physical WebSocket link, and nothing of what a session makes of it. */
@NullMarked
package dev.dunlin.client.link;

import org.jspecify.annotations.NullMarked;
