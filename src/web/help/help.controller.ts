import { Get } from '@nestjs/common';
import { ROLES } from '../../access/roles.js';
import { Page, Viewed } from '../frame/page.js';

/** Text that changes with the version only. */
@Page('', ROLES, 'nobody')
export class HelpController {
  @Get('help')
  @Viewed('help/help', 'viewHelp')
  help() {
    return {};
  }

  @Get('help/glossary')
  @Viewed('help/glossary', 'viewGlossary')
  glossary() {
    return {};
  }

  @Get('accessibility-statement')
  @Viewed('help/accessibility', 'viewAccessibilityStatement')
  accessibility() {
    return {};
  }
}
