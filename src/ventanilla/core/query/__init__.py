"""The filter language of the search box: `status:open area:redes created>2026-10-01 "exact words"`.

`reading.read` turns text into a `Query`; `words` holds what may be said, in Spanish and in English.
"""

from ventanilla.core.query.reading import in_quotes as in_quotes
from ventanilla.core.query.reading import read as read
from ventanilla.core.query.terms import Condition as Condition
from ventanilla.core.query.terms import Moment as Moment
from ventanilla.core.query.terms import Name as Name
from ventanilla.core.query.terms import Operator as Operator
from ventanilla.core.query.terms import Period as Period
from ventanilla.core.query.terms import Query as Query
from ventanilla.core.query.terms import Someone as Someone
from ventanilla.core.query.terms import Sought as Sought
from ventanilla.core.query.terms import Standing as Standing
