import { Get } from '@nestjs/common';
import { ROLES } from '../../access/roles.js';
import { Page, Viewed } from '../frame/page.js';

@Page('', ROLES, 'nobody')
export class HomeController {
  @Get()
  @Viewed('home/home', 'viewHome')
  home() {
    return {};
  }
}
