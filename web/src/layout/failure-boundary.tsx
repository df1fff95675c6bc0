// Where a failure of a part stops, so that the rest stays as it is. React writes the error to the console.
import {Component, type ReactNode} from 'react';

interface FailureBoundaryProps {
  children: ReactNode;
  /** What is shown in place of the children that failed; `reset` tries to show them again. */
  fallback: (reset: () => void) => ReactNode;
}

/** A class, since React has no hook for it. */
export class FailureBoundary extends Component<FailureBoundaryProps, {hasFailed: boolean}> {
  override state = {hasFailed: false};

  static getDerivedStateFromError() {
    return {hasFailed: true};
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback(() => this.setState({hasFailed: false})) : this.props.children;
  }
}
