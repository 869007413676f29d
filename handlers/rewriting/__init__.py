"""One passage said better in its writer's voice: chosen, proposed, answered, taken or left."""
