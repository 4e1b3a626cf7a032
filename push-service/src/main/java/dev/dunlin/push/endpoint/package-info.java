/** URLs that users register to be called: which are allowed, and what they resolve to. */
@NullMarked
package dev.dunlin.push.endpoint;

import org.jspecify.annotations.NullMarked;
