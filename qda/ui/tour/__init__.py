"""The tour: five steps in the real window, on a copy of the demo study that goes when one leaves."""
