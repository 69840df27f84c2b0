"""Record → forecasts of what comes next, scored, calibrated and explained."""

from detente.outlook.accounts import RunningAccount, score, write_outlook
from detente.outlook.answer import outlook
from detente.outlook.backtest import Backtest, backtest
from detente.outlook.files import write_backtest
from detente.outlook.fitted import HORIZONS, Fitted, fit_outlook
from detente.outlook.hypothetical import Assumption
from detente.outlook.result import Outlook

__all__ = [
    "HORIZONS",
    "Assumption",
    "Backtest",
    "Fitted",
    "Outlook",
    "RunningAccount",
    "backtest",
    "fit_outlook",
    "outlook",
    "score",
    "write_backtest",
    "write_outlook",
]
