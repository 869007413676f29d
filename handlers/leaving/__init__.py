"""Taking everything along and being forgotten, and what others see of somebody who has gone."""
